"""The kit every page is made of: colours, parts and components. It knows no capability."""
