"""Words, word indexes and sequences as Keras' Tokenizer makes them. Run: KERAS_BACKEND=jax python3 tools/golden/text.py (keras 3.15)."""

import json
import os

from keras.src.legacy.preprocessing.text import Tokenizer, text_to_word_sequence

TEXTS = [
    "The film was good, really GOOD; the best film I've seen!",
    "A bad film. Bad, bad film - don't watch it (ever)...",
    "영화가 정말 좋았다! 배우들의 연기가 좋았다. 다시 보고 싶은 영화",
    "다시 보고 싶지 않은 영화: 연기가 어색하다 😀😀 10/10",
    "Ünïcödé STRASSE straße\tΣΊΣΥΦΟΣ\nconstructor __proto__ toString 𝔘𝔫𝔦",
    "",
    "  !!! ... ???  ",
    "line one\r\nline two",
]
OPTIONS = [{}, {"lower": False}, {"filters": ""}, {"filters": "aeiou", "split": "t"}, {"split": ","}]

tokenizer = Tokenizer()
tokenizer.fit_on_texts(TEXTS)
limited = Tokenizer(num_words=8)
limited.fit_on_texts(TEXTS)

golden = {
    "texts": TEXTS,
    "words": [{"options": options, "words": [text_to_word_sequence(text, **options) for text in TEXTS]} for options in OPTIONS],
    "wordIndex": tokenizer.word_index,
    "sequences": tokenizer.texts_to_sequences(TEXTS),
    "sequencesOf8Words": limited.texts_to_sequences(TEXTS),
}
with open(os.path.splitext(__file__)[0] + ".json", "w", encoding="utf-8") as file:
    json.dump(golden, file, ensure_ascii=False, separators=(",", ":"))
