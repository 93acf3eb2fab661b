from builder import build
build("arch.json")
