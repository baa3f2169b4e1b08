package exit

// Reasons are the errors that an error joins, each once, in words.
func Reasons(err error) []string {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []string{err.Error()}
	}
	var all []string
	text := ""
	for i, e := range joined.Unwrap() {
		if i > 0 {
			text += "\n"
		}
		text += e.Error()
		for _, reason := range Reasons(e) {
			if len(all) == 0 || all[len(all)-1] != reason {
				all = append(all, reason)
			}
		}
	}
	if text != err.Error() { // it only wraps several
		return []string{err.Error()}
	}
	return all
}
