package web

// staticFile handles GET /static/….
func staticFile(r *request) error {
	r.web.static.ServeHTTP(r.Writer, r.Request)
	return nil
}
