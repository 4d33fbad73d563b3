package bleveindex

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
)

// The fields. The card is stored, to be read when its part of the index is
// loaded; nothing else is.
const (
	cooperative = "cooperative"
	skills      = "skills"
	titleNL     = "title_nl"
	titleEN     = "title_en"
	textNL      = "text_nl"
	textEN      = "text_en"
	more        = "more"
	titleAsIs   = "title" // as it stands, for beginnings and typos
	wordsAsIs   = "words" // the same of everything
	cardField   = "card"
)

// newMapping leaves the reading to entry.go.
func newMapping() mapping.IndexMapping {
	all := bleve.NewIndexMapping()
	all.DefaultMapping = bleve.NewDocumentDisabledMapping()
	return all
}
