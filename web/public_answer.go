package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/a-h/templ"
)

// publicMinute is how long others may keep what is public: a minute after a gig closed
// its page is gone everywhere. Of lists see keptAnswers.
const publicMinute = "public, max-age=60"

// robotsHeader keeps every answer out of search engines, also files; what they may
// show takes it away. See secure.
const robotsHeader = "X-Robots-Tag"

// indexed lets search engines show this page.
func (r *request) indexed() { r.Writer.Header().Del(robotsHeader) }

// publicPage is a page that search engines may show.
func (r *request) publicPage(title string, body templ.Component) error {
	page, err := r.publicText(title, body)
	if err != nil {
		return err
	}
	return r.openly(htmlType, page)
}

const htmlType = "text/html; charset=utf-8"

func (r *request) publicText(title string, body templ.Component) ([]byte, error) {
	var page bytes.Buffer
	err := r.layout(title, body).Render(r.Request.Context(), &page)
	return page.Bytes(), err
}

// openly answers with what is the same for all who are not signed in and speak one
// language; it sets no cookie. The tag is of the answer itself: there is no
// Last-Modified, since seats go and times pass without anything being changed.
func (r *request) openly(kind string, body []byte) error {
	if kind == htmlType {
		r.indexed()
	}
	if !r.isVisitor() { // a name stands in the page, or a cookie goes with it
		r.Data(http.StatusOK, kind, body)
		return nil
	}
	sum := sha256.Sum256(body)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
	h := r.Writer.Header()
	h.Set("Cache-Control", publicMinute)
	h.Set("ETag", "W/"+tag) // weak: it goes out compressed or not
	h.Add("Vary", "Accept-Language")
	if knows(r.GetHeader("If-None-Match"), tag) {
		r.Status(http.StatusNotModified)
		r.Writer.WriteHeaderNow()
		return nil
	}
	r.Data(http.StatusOK, kind, body)
	return nil
}

// knows reports that a list of tags holds this one.
func knows(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}
