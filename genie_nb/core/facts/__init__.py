"""Numbers about a company, each able to answer: why?"""
