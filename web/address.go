package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// clientAddress is where a request comes from: the nearest address that is not
// one of our own proxies.
func (w *Web) clientAddress(r *http.Request) netip.Addr {
	addr := remoteAddr(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && w.isProxy(addr); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return addr
		}
		addr = hop.Unmap()
	}
	return addr
}

func remoteAddr(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr, _ := netip.ParseAddr(host)
	return addr.Unmap()
}

func (w *Web) isProxy(addr netip.Addr) bool {
	for _, prefix := range w.Proxies {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// fromThisMachine reports a request that a person at this machine made: from a
// loopback address, for a loopback name, through no proxy at all.
func (r *request) fromThisMachine() bool { return isLocal(r.Request) }

func isLocal(r *http.Request) bool {
	for _, header := range []string{"X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	return remoteAddr(r).IsLoopback() && isLoopbackHost(r.Host)
}

// networkOf is what counts as one visitor: an IPv4 address, or the /64 that a
// household gets of IPv6.
func networkOf(addr netip.Addr) string {
	if addr.Is6() {
		if prefix, err := addr.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return addr.String()
}
