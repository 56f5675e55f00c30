"""What became of a plan: benchmarks, forecast, standing, two clocks, projected profile, annual report."""
