from dataclasses import dataclass, field


@dataclass
class Settings:
    phi: int = 0
    class_to_name: dict = field(default_factory=lambda: {0: "driller"})
    trained_on: tuple = ("ape", "can", "cat", "driller", "duck", "eggbox", "glue", "holepuncher")

    @property
    def num_classes(self):
        return len(self.class_to_name)
