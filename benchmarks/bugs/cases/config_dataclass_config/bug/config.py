from dataclasses import dataclass, field
from typing import List


@dataclass
class ModelConfig:
    patch_size: int = 6
    image_size: int = 32
    projection_dim: int = 64
    num_patches: int = 16
    hidden_units: List[int] = field(default_factory=lambda: [128, 64])

    @property
    def positions(self):
        return self.num_patches


@dataclass
class Config:
    model: ModelConfig = field(default_factory=ModelConfig)
    lr: float = 1e-3
