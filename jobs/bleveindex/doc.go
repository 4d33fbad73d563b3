// Package bleveindex is the browse index inside the program, on Bleve, in
// a folder. It meets jobs.Index.
//
// A word matches by its Dutch or English stem, by itself, and, when it is the
// last, by its beginning; a long one also by the two words that it is made of.
// Where a cooperative has no gig with the word, it matches with one letter wrong
// when it has four or more (never the first). All words must match. A match in
// the title is worth more than one in the text, and that more than one by a
// further word (jobs.Document.More), a beginning or a typo; equals come the
// soonest first.
//
// Bleve reads the texts and keeps which word is in which gig; a search joins
// those lists as bitmaps. All else that is asked of a gig stands on its card:
// a search goes once over the cards of the gigs with the words, and then knows
// the page, the total and every count.
//
// What the folder holds can be thrown away: Open does so when it was written
// by another version of this package, and the index then asks to be filled.
// One program at a time may open a folder.
package bleveindex
