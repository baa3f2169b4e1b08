package human

import "joltui/jolt"

// Sign is the mark of an outcome.
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
