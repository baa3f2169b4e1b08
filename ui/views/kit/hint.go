package kit

import "github.com/charmbracelet/bubbles/key"

// Press returns the hint "press k what" with the name of the key k, or "" if the key is
// disabled or has no name.
func Press(k key.Binding, what string) string {
	if !k.Enabled() || k.Help().Key == "" {
		return ""
	}
	return "press " + k.Help().Key + " " + what
}
