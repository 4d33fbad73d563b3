package web

import (
	"encoding/xml"
	"strings"

	"meent/jobs"
	"meent/members"
)

// gigsOfSitemap is how many gigs one file lists: with the list itself it holds the
// most addresses that a site map may.
const gigsOfSitemap = 50_000 - 1

// sitemaps handles GET /sitemap.xml: where the site maps of the cooperatives are.
func sitemaps(r *request) error {
	if err := r.limit(sitemapOfNetwork, r.network()); err != nil {
		return err
	}
	list, err := r.web.Members.ListPublic(r.Request.Context())
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return members.ErrNotFound
	}
	counts, err := r.publicCounts()
	if err != nil {
		return err
	}
	var index sitemapIndex
	for _, c := range list {
		for number := 1; number == 1 || (number-1)*gigsOfSitemap < counts[c.ID]; number++ {
			index.Maps = append(index.Maps, sitemapLink{Address: r.absolute(pageOf(openGigsPath(c.ID)+"/sitemap.xml", number))})
		}
	}
	text, err := xmlText(index)
	if err != nil {
		return err
	}
	return r.openly(xmlType, text)
}

const xmlType = "application/xml; charset=utf-8"

// publicSitemap handles GET /open-gigs/:cooperative/sitemap.xml.
func publicSitemap(r *request) error {
	if err := r.limit(sitemapOfNetwork, r.network()); err != nil {
		return err
	}
	number, err := pageNumber(r.Query("page"))
	if err != nil {
		return err
	}
	if err := r.hasPublic(number, gigsOfSitemap); err != nil {
		return err
	}
	return r.keepingOpenly(xmlType, number, func() ([]byte, error) {
		gigs, err := r.web.Jobs.PublicLinks(r.Request.Context(), r.house.ID, gigsOfSitemap, (number-1)*gigsOfSitemap)
		if err != nil {
			return nil, err
		}
		return xmlText(r.sitemapOf(number, gigs))
	})
}

// sitemapOf is one file; the first begins with the list.
func (r *request) sitemapOf(number int, gigs []jobs.PublicLink) (all sitemapURLs) {
	if number == 1 {
		all.URLs = append(all.URLs, sitemapLink{Address: r.absolute(openGigsPath(r.house.ID))})
	}
	for _, g := range gigs {
		all.URLs = append(all.URLs, sitemapLink{Address: r.absolute(publicPath(r.house.ID, g.ID)), Changed: stamp(g.ChangedAt)})
	}
	return all
}

// absolute is a path of ours, which may have a query, as others write it.
func (r *request) absolute(path string) string {
	return r.web.URL.Scheme + "://" + r.web.URL.Host + path
}

type sitemapIndex struct {
	XMLName xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []sitemapLink `xml:"sitemap"`
}

type sitemapURLs struct {
	XMLName xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapLink `xml:"url"`
}

type sitemapLink struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// robots handles GET /robots.txt: what search engines may look at is the first page
// and public work. The rest asks to sign in, and says noindex besides.
func robots(r *request) error {
	if err := r.limit(publicOfNetwork, r.network()); err != nil {
		return err
	}
	path, err := r.publicList()
	if err != nil {
		return err
	}
	lines := []string{"User-agent: *", "Allow: /$", "Allow: /static/"}
	if path != "" {
		lines = append(lines, "Allow: /open-gigs$", "Allow: /open-gigs/", "Allow: /sitemap.xml$")
	}
	lines = append(lines, "Disallow: /")
	if path != "" {
		lines = append(lines, "", "Sitemap: "+r.absolute("/sitemap.xml"))
	}
	return r.openly("text/plain; charset=utf-8", []byte(strings.Join(lines, "\n")+"\n"))
}
