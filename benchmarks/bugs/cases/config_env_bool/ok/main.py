from app.net import net

net()
