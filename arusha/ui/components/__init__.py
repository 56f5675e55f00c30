"""What Streamlit has no element for: a note that saves while typing, keys, links that stay in the page."""
