package human

import "joltui/jolt"

// Sign returns the sign of an outcome, the same on the screen and in a shell.
func Sign(o jolt.Outcome) string {
	switch o {
	case jolt.Pending:
		return "…"
	case jolt.Acknowledged:
		return "✓"
	case jolt.Rejected:
		return "✗"
	case jolt.Unknown:
		return "?"
	case jolt.NotSent:
		return "⊘"
	default:
		return " "
	}
}
