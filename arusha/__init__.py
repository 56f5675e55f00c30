"""Who answers, when, and what they do about it: the program around the questionnaires and the score."""
