package kit

// At returns where the cursor stands, for tests.
func (e *Editor) At() int { return e.at }
