"""Facts to sentences: plain English in which every number is a fact."""
