// Package roll knows the brokers that share messages, by what each tells the others of
// itself now and then, and which of them have other users. It does no I/O.
package roll
