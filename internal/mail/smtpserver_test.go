package mail

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"testing"
)

// smtpServer is as much of a mail server as the tests need. It listens on
// loopback, answers 250 to what answers does not name, and keeps what it gets.
type smtpServer struct {
	address string
	answers map[string]string // by verb; the end of the data is ".", "" hangs up
	tls     *tls.Config       // for STARTTLS, when not nil

	mu       sync.Mutex
	commands []string
	data     []string
}

func startServer(t *testing.T, answers map[string]string) *smtpServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &smtpServer{address: listener.Addr().String(), answers: answers}
	s.serve(t, listener)
	return s
}

func (s *smtpServer) serve(t *testing.T, listener net.Listener) {
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			open.Go(func() { s.talk(conn) })
		}
	})
	t.Cleanup(func() { listener.Close(); open.Wait() })
}

func (s *smtpServer) talk(conn net.Conn) {
	defer func() { conn.Close() }()
	text := textproto.NewConn(conn)
	text.PrintfLine("220 test")
	for {
		line, err := text.ReadLine()
		if err != nil {
			return
		}
		verb := strings.ToUpper(strings.Fields(line + " ?")[0])
		s.keep(&s.commands, line)
		if verb == "STARTTLS" && s.tls != nil {
			text.PrintfLine("220 go on")
			conn = tls.Server(conn, s.tls)
			text = textproto.NewConn(conn)
			continue
		}
		if !s.answer(text, verb) {
			return
		}
		if verb != "DATA" || s.answers["DATA"] != "" {
			continue
		}
		if body, err := text.ReadDotBytes(); err == nil {
			s.keep(&s.data, string(body))
		}
		if !s.answer(text, ".") {
			return
		}
	}
}

func (s *smtpServer) answer(text *textproto.Conn, verb string) (goOn bool) {
	defaults := map[string]string{"DATA": "354 go on", "QUIT": "221 bye", "EHLO": "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME", "AUTH": "235 come in"}
	if s.tls != nil {
		defaults["EHLO"] = "250-test\r\n250-STARTTLS\r\n250-AUTH PLAIN\r\n250 8BITMIME"
	}
	answer, named := s.answers[verb]
	if !named {
		answer, named = defaults[verb]
	}
	if !named {
		answer = "250 fine"
	}
	return answer != "" && text.PrintfLine("%s", answer) == nil
}

func (s *smtpServer) keep(list *[]string, line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*list = append(*list, line)
}

func (s *smtpServer) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.commands, "\n")
}

func (s *smtpServer) received() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.data)
}

func (s *smtpServer) mailer(t *testing.T) *SMTP {
	t.Helper()
	return newMailer(t, "smtp://"+s.address)
}

func newMailer(t *testing.T, setting string) *SMTP {
	t.Helper()
	server, err := ParseSMTP(setting)
	if err != nil {
		t.Fatal(err)
	}
	mailer, err := NewSMTP(server, "Meent <post@example.org>", noon)
	if err != nil {
		t.Fatal(err)
	}
	return mailer
}

func (s *smtpServer) arrived(t *testing.T) (all []arrived) {
	t.Helper()
	for _, data := range s.received() {
		all = append(all, readMail(t, data))
	}
	return all
}

// readMail understands a mail as a mail program does.
func readMail(t *testing.T, data string) arrived {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	to, err := message.Header.AddressList("To")
	if err != nil || len(to) != 1 {
		t.Fatalf("To: %v, %v", to, err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	a := arrived{ID: message.Header.Get("Message-Id"), To: to[0].Address, Subject: subject}
	a.Text, a.HTML = readBody(t, textproto.MIMEHeader(message.Header), message.Body)
	return a
}

func readBody(t *testing.T, header textproto.MIMEHeader, body io.Reader) (text, html string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if kind == "text/plain" { // a multipart reader also decodes
		head := "Content-Type: text/plain\r\nContent-Transfer-Encoding: " + header.Get("Content-Transfer-Encoding") + "\r\n\r\n"
		body, params = io.MultiReader(strings.NewReader("--x\r\n"+head), body, strings.NewReader("\r\n--x--\r\n")), map[string]string{"boundary": "x"}
	}
	for parts := multipart.NewReader(bufio.NewReader(body), params["boundary"]); ; {
		part, err := parts.NextPart()
		if err != nil {
			return text, html
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			html = string(content)
		} else {
			text = string(content)
		}
	}
}
