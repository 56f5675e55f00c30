"""What a plan lacks, rule by rule."""
