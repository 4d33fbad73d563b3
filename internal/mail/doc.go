// Package mail sends one message to one person: a mail over SMTP, a text message
// through a service that takes them by HTTP, or either into a mailbox in the
// database that the page /dev/mailbox shows.
//
// All promise that a message which cannot be sent safely is refused whole, and
// that errors hold neither address nor content. A message has a key. The mailbox
// stores one message a key; SMTP knows no such thing, so a message that was sent
// twice carries the same Message-ID, by which many receivers drop the second. The
// service of text messages gets the key's hash, to do the same.
//
// The schema "mail" is written here and nowhere else. Its rows are personal
// data: only a development or demonstration house has a mailbox.
package mail
