// Package bleveindex is the browse index inside the program, on Bleve, in
// a folder. It meets jobs.Index.
//
// A word matches by its Dutch or English stem, by itself, with one letter wrong
// when it has four or more (never the first), and, when it is the last, by its
// beginning. All words must match.
//
// What the folder holds can be thrown away: Open does so when it was written
// by another version of this package, and the index then asks to be filled.
// One program at a time may open a folder.
package bleveindex
