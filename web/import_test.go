package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// upload sends a file as a browser does.
func (b *browser) upload(kind, content string) answer {
	b.h.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	b.h.must(w.WriteField("kind", kind))
	file, err := w.CreateFormFile("file", "leden.csv")
	b.h.must(err)
	_, err = file.Write([]byte(content))
	b.h.must(err)
	b.h.must(w.Close())
	return b.do(http.MethodPost, "/import", body.String(), "Content-Type", w.FormDataContentType())
}

func TestImportAndExport(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	const head = "naam;e-mail;plaats;reist;km\n"
	for name, tt := range map[string]struct{ kind, file, field, says string }{
		"no file":      {"members", "", "file", "leeg"},
		"no kind":      {"", head + "a;b;c;d;e", "kind", "Kies"},
		"100,000 rows": {"members", head + strings.Repeat("a;b;c;d\n", 100_000), "file", "hoogstens 5000"},
	} {
		got := office.upload(tt.kind, tt.file)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#"+tt.field+"-wrong").Text(), tt.says) {
			t.Errorf("%s gave %d: %s", name, got.status, got.Find(".wrong").Text())
		}
	}
	if got := office.upload("members", strings.Repeat("a", members.MostImport+100_000)); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a huge file gave %d", got.status)
	}
	if got := office.post("/import", "kind", "members"); got.status != http.StatusBadRequest {
		t.Errorf("a form without a file gave %d", got.status)
	}

	bad := office.get(office.upload("members", head+"<b>Sam</b>;member.waal@meent.example;Atlantis;fiets;8\n").location)
	if text := bad.Find("main").Text(); bad.status != http.StatusOK || !strings.Contains(text, "al in jullie lijst") || !strings.Contains(text, "<b>Sam</b>") || bad.Find(`form[action^="/import/"]`).Length() > 0 {
		t.Errorf("a wrong file gives %d: %s", bad.status, text)
	}
	page := office.upload("members", head+"=HYPERLINK(1);sam@meent.example;Nijmegen;fiets;8\n").location
	if got := office.get(page); got.status != http.StatusOK || !strings.Contains(got.Find("main").Text(), "nog niets overgezet") {
		t.Errorf("the preview gives %d: %s", got.status, got.Find("main").Text())
	}
	if m := h.memberNamed("=HYPERLINK(1)"); m.Name != "" {
		t.Error("the preview made a member")
	}
	if got := office.post(page); got.location != "/members" {
		t.Fatalf("confirming gives %d: %s", got.status, got.Find("main").Text())
	}
	if got := office.post(page); got.status != http.StatusNotFound {
		t.Errorf("confirming twice gives %d", got.status)
	}
	got := office.get("/export/members.csv")
	if got.status != http.StatusOK || !strings.Contains(got.body, "\n'=HYPERLINK(1);sam@meent.example;Nijmegen;fiets;8;nee;referred\r\n") ||
		!strings.Contains(got.header.Get("Content-Disposition"), "attachment") || strings.Contains(got.body, "noord") {
		t.Errorf("the export gives %d:\n%s", got.status, got.body)
	}
	if got := office.get("/export/clients.csv"); !strings.Contains(got.body, "De Linde waal") || strings.Contains(got.body, "De Linde noord") {
		t.Errorf("the clients are %s", got.body)
	}
	if strings.Contains(h.log.String(), "sam@meent.example") {
		t.Error("an address is in the log")
	}
}
