"""From what was typed to words that the lists know, each with its place in the original text."""
