import net

model = net.build()
