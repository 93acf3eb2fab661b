from .network import network
