import numpy as np

desired_im_sz = (64, 80)


def crop(frame):
    height, width = desired_im_sz
    top = (frame.shape[0] - height) // 2
    left = (frame.shape[1] - width) // 2
    return frame[top:top + height, left:left + width]


def sequences(count, nt):
    """Recordings, cropped to the middle, as an array of sequences."""
    recordings = np.zeros((count, nt) + desired_im_sz + (3,), np.uint8)
    for i in range(count):
        for t in range(nt):
            recordings[i, t] = crop(np.random.randint(0, 255, (120, 160, 3), dtype=np.uint8))
    return recordings
