"""Finding in a course: by words of both languages, by pinyin, fast enough for every keystroke."""
