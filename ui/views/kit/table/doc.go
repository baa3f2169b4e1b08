// Package table is rows of things, each with the same columns, in an order that the user
// chooses.
package table
