package kit

// At returns the position of the cursor in Text, for tests.
func (e *Editor) At() int { return e.at }
