def parse_cfg(path):
    with open(path) as f:
        lines = f.read().split("\n")
    lines = [x.strip() for x in lines if x.strip() and not x.startswith("#")]
    blocks, block = [], {}
    for line in lines:
        if line.startswith("["):
            if block:
                blocks.append(block)
            block = {"type": line[1:-1].rstrip()}
        else:
            key, value = line.split("=")
            block[key.rstrip()] = value.lstrip()
    blocks.append(block)
    return blocks
