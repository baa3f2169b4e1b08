// Package bom takes the byte order mark off the beginning of a text file: Notepad and
// PowerShell write one in front of UTF-8, where it says nothing and belongs to no text. It imports nothing of joltui.
package bom
