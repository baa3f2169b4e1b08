// Package export writes messages that have come to a file: as NDJSON, in the format of a
// recording, or as CSV for a spreadsheet.
//
// NDJSON has all that is known of each message, the gaps between them, and can be played
// again. CSV has a line of headings, then a line a message: its time in RFC 3339, its topic,
// and its payload, or the columns of a table in place of that. A text that a spreadsheet would
// take for a formula, because it begins with = + - @ or a tab, has an apostrophe in front;
// numbers have not.
//
// It may import feed, record and what is below them. Begin reading with export.go.
package export
