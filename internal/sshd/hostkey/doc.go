// Package hostkey keeps the key by which viewers know the server again. It is made once, at the
// first start; from then on anything that is wrong with it is an error and never a reason to make
// another one: every viewer would be told that somebody may be listening in.
//
// It imports nothing of joltui.
package hostkey
