package web

import (
	"context"
	"net/http"
	"time"
)

// healthy handles GET /healthz: the process runs.
func healthy(r *request) error {
	r.String(http.StatusOK, "ok\n")
	return nil
}

// ready handles GET /readyz: each part by name, and 503 when one is ill. Why it
// is ill stands in the log, not in the answer.
func ready(r *request) error {
	ctx, cancel := context.WithTimeout(r.Request.Context(), 3*time.Second)
	defer cancel()
	status, text := http.StatusOK, ""
	for _, part := range r.web.Ready {
		word := "ok"
		if err := part.Ask(ctx); err != nil {
			status, word = http.StatusServiceUnavailable, "ill"
			r.web.Log.Warn("a part is not ready", "part", part.Name, "error", err)
		}
		text += part.Name + ": " + word + "\n"
	}
	r.String(status, "%s", text)
	return nil
}
