from base import BaseModel
from keras import Model, layers
from vectors import Vectors


class DRMM(BaseModel):
    def build(self):
        query = layers.Input((10,), name="text_left")
        words = layers.Embedding(self.params["embedding_input_dim"], self.params["embedding_output_dim"], name="embedding")
        x = layers.Flatten()(words(query))
        for units in self.params["hidden"]:
            x = layers.Dense(units, activation="tanh")(x)
        self._backend = Model(query, x)


def main():
    corpus = ["how are glaciers formed", "how did apollo creed die", "what are caves"]
    terms = sorted({word for text in corpus for word in text.split()})
    term_index = {term: number for number, term in enumerate(terms, start=1)}
    model = DRMM(embedding_input_dim=len(term_index) + 1)
    model.build()
    model.load_embedding_matrix(Vectors(16).build_matrix(term_index))


if __name__ == "__main__":
    main()
