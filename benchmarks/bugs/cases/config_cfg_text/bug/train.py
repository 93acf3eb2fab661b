from darknet import create

model = create("yolo.cfg")
