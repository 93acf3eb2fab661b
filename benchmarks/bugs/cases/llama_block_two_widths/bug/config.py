from dataclasses import dataclass


@dataclass
class ModelArgs:
    vocab: int = 6144
    n_embd: int = 768
    dim: int = 512
    n_heads: int = 8
    n_layers: int = 2
    max_seq_len: int = 64
