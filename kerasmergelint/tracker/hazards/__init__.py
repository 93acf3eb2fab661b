"""What is found about a model that is there: merges that build but are wrong, sizes that break it."""
