package stream

// Look asks to change how all streams show messages.
type Look struct{ Options Options }

// Resume asks to end the pause, at the newest message.
type Resume struct{}

// Intent implements [kit.Intent].
func (Look) Intent() {}

// Intent implements [kit.Intent].
func (Resume) Intent() {}
