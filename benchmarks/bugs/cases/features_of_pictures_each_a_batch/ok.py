import numpy as np
from PIL import Image
from tensorflow.keras.applications import vgg16
from tensorflow.keras.utils import img_to_array

photos = {"anna": 3, "ben": 2, "carl": 4}
images, labels = [], []
for person, count in photos.items():
    for number in range(count):
        img = Image.new("RGB", (64, 64), (number * 20, 80, 120))
        image_array = img_to_array(img)
        image_array = np.expand_dims(image_array, axis=0)
        images.append(image_array)
        labels.append(person)

x_train = np.concatenate(images)
y_train = np.array(labels)
x_train = vgg16.preprocess_input(x_train)
base = vgg16.VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
features = base.predict(x_train, verbose=0)
print(features.reshape(len(y_train), -1).shape)
