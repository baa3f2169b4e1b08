// Package theme has the colours of the dashboard. A [Theme] chooses a palette ([Colours]),
// and [Styles] makes the one [kit.Styles] of it that suits the terminal: true colour, 256
// or 16 colours, or attributes alone.
//
// It may import human and kit. Begin reading with theme.go; colours.go is the only file
// with colour literals.
package theme
