"""The rewrites of safe repairs: what they change, and that comments and formatting stay."""

from __future__ import annotations

from libcst.codemod import Codemod, CodemodTest

from kerasmergelint.syntax import codemods


def check(command: type[Codemod], before: str, after: str, **options: object) -> None:
    """A command makes one text of another."""
    case = CodemodTest()
    case.TRANSFORM = command
    case.assertCodemod(before, after, **options)


def test_options_stay_with_the_constructor() -> None:
    before = """
        both = Concatenate(
            [left, right],  # in this order
            axis=-1,
        )
    """
    after = """
        both = Concatenate(axis=-1)(
            [left, right],  # in this order
            )
    """
    check(codemods.CallOnTensors, before, after, places=[(1, 7, 4, 1)])


def test_several_tensors_become_a_list() -> None:
    check(
        codemods.CallOnTensors,
        "y = Add(a, b, name='y')",
        "y = Add(name='y')([a, b])",
        places=[(1, 4, 1, 23)],
    )


def test_other_calls_stay() -> None:
    check(codemods.CallOnTensors, "y = Add(a)", "y = Add(a)", places=[(2, 4, 2, 10)])


def test_the_call_and_not_the_constructor_changes() -> None:
    before = "y = Add(name='y')(a,  b, training=True)  # sum"
    after = "y = Add(name='y')([a,  b], training=True)  # sum"
    check(codemods.PassAsList, before, after, places=[(1, 4, 1, 39)])


def test_inner_lists_are_unpacked() -> None:
    before = "m = Sequential([a, [b,  c], d])"
    check(
        codemods.OneListOfLayers, before, "m = Sequential([a, b,  c, d])", places=[(1, 15, 1, 30)]
    )


def test_only_the_name_changes() -> None:
    before = """
        x = Conv2D(8, 3,
                   stride = 2)(x)  # halves
        y = Conv2D(8, 3, stride=2)(x)
    """
    after = """
        x = Conv2D(8, 3,
                   strides = 2)(x)  # halves
        y = Conv2D(8, 3, stride=2)(x)
    """
    check(
        codemods.RenameArgument, before, after, places=[(1, 4, 2, 22)], old="stride", new="strides"
    )


def test_they_change_places() -> None:
    before = "y = tf.concat(-1,  [a, b], 'y')"
    check(
        codemods.TensorsBeforeAxis,
        before,
        "y = tf.concat([a, b],  -1, 'y')",
        places=[(1, 4, 1, 31)],
    )


def test_the_output_of_models() -> None:
    before = "y = Add()([left,  right])"
    after = "y = Add()([left.output,  right])"
    check(codemods.Suffix, before, after, places=[(1, 11, 1, 15)], words=".output")


def test_the_first_output_of_a_sequential_model() -> None:
    before = "y = Dense(1)(model.output)"
    after = "y = Dense(1)(model.outputs[0])"
    check(codemods.Suffix, before, after, places=[(1, 13, 1, 25)], words="")


def test_it_comes_after_the_docstring() -> None:
    before = '''
        class Scale(Layer):
            def __init__(self, factor, **kwargs):
                """Scales."""
                # as given
                self.factor = factor

            class Other(Layer):
                def __init__(self):
                    pass
    '''
    after = '''
        class Scale(Layer):
            def __init__(self, factor, **kwargs):
                """Scales."""
                super().__init__(**kwargs)
                # as given
                self.factor = factor

            class Other(Layer):
                def __init__(self):
                    pass
    '''
    check(codemods.CallBaseConstructor, before, after, owner="Scale", passed="**kwargs")


def test_other_classes_and_objects_stay() -> None:
    before = """
        class Mix(Layer):
            def call(self, x):
                return self.weights[0] * x.weights

        class Other(Layer):
            def call(self, x):
                return self.weights
    """
    after = """
        class Mix(Layer):
            def call(self, x):
                return self.own_weights[0] * x.weights

        class Other(Layer):
            def call(self, x):
                return self.weights
    """
    check(codemods.RenameOwnAttribute, before, after, owner="Mix", old="weights", new="own_weights")


def test_what_it_needs_is_imported_once() -> None:
    before = """
        import tensorflow as tf
        from keras import Input

        y = tf.concat([tf.concat([a, b], 1), c], 1)
    """
    after = """
        import tensorflow as tf
        from keras import ops, Input

        y = ops.concatenate([ops.concatenate([a, b], 1), c], 1)
    """
    places = [(4, 4, 4, 13), (4, 15, 4, 24)]
    check(
        codemods.UseOpOfKeras, before, after, places=places, words="ops.concatenate", imports=True
    )


def test_imports_and_uses() -> None:
    before = """
        from keras.layers import (
            Concat,  # joins
            Dense,
        )
        both = Concat()([a, layers.Concat()([b, c])])
    """
    after = """
        from keras.layers import (
            Concatenate,  # joins
            Dense,
        )
        both = Concatenate()([a, layers.Concatenate()([b, c])])
    """
    check(codemods.RenameLayer, before, after, old="Concat", new="Concatenate")


def test_brackets_and_imports() -> None:
    before = """
        from keras.layers import (
            Dense,  # after it
            Divide,
        )
        ratio = Divide()([a + b, c])
        part = 2 * Divide()([a, b])
    """
    after = """
        from keras.layers import (
            Dense,  # after it
        )
        ratio = (a + b) / c
        part = 2 * (a / b)
    """
    check(codemods.DivideByOperator, before, after)


def test_each_mode_has_a_function() -> None:
    before = """
        from keras.layers import Dense, merge

        both = merge([a, b], mode="concat", concat_axis=1)  # side by side
        total = merge([a, b], "sum")
    """
    after = """
        from keras.layers import Dense, add, concatenate

        both = concatenate([a, b], axis=1)  # side by side
        total = add([a, b])
    """
    check(codemods.MergeOfKeras1, before, after)


def test_a_mode_that_is_computed_stays() -> None:
    before = "both = merge([a, b], mode=mode)"
    check(codemods.MergeOfKeras1, before, before)


def test_a_file_that_libcst_cannot_read_stays() -> None:
    def command(context: object) -> codemods.MergeOfKeras1:
        raise AssertionError("nothing to run on")

    assert codemods.rewritten("net.py", "x = = 1\n", command) == "x = = 1\n"
