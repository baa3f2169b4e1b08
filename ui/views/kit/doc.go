// Package kit has the pieces that panes are built of: a row ([Line]), a border ([Panel]),
// colours ([Styles]), a list with a cursor ([List]), the line of input ([Prompt]), a
// yes-or-no question ([Confirm]), an editor, text of any length in rows ([LongText]), and
// work that runs beside the program ([Job]). It also defines [Intent], by which a pane
// asks the dashboard for what it cannot do itself.
//
// Kit draws what it is given: it may import human and printable, but neither feed nor
// jolt. A piece belongs here when at least two panes use it. Begin reading with line.go
// and list.go.
package kit
