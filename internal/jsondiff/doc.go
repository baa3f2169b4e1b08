// Package jsondiff compares two JSON texts value by value: fields of objects by name,
// whatever their order, items of arrays by position, numbers by value.
//
// It may import jsontree, which parses the texts. Begin reading with compare.go; number.go
// compares numbers without loss of precision.
package jsondiff
