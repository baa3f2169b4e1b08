package views

// Look changes how the streams show messages.
type Look struct{ Options StreamOptions }

// Resume ends a pause at the newest message.
type Resume struct{}

func (Look) intent() {}

func (Resume) intent() {}
