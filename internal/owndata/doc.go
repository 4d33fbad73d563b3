// Package owndata carries what is kept about one person out of the database: as
// tables with columns and rows, which can be written as JSON, as CSV or on a page.
//
// It knows no domain and no words: each domain reads its own tables, web names
// them.
package owndata
