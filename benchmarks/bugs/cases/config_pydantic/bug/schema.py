from typing import List, Optional

from pydantic import BaseModel, Field


class NetConfig(BaseModel):
    in_dim: int = 12
    hidden: List[int] = [64, 64]
    bottleneck: int = Field(32, gt=0)
    dropout: Optional[float] = None


class Settings(BaseModel):
    net: NetConfig = NetConfig()
    seed: int = 0
