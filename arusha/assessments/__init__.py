"""Assessment rounds: their answers, their sign-off and the maturity profile that follows from them."""
