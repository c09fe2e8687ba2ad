// Command schema-server poses to Terraform as the OpenStack provider: it serves that provider's schema, and made-up
// values in place of a cloud. It lets the tests run Terraform Core on a machine where the real provider cannot be
// installed. It opens no network connection and needs no credentials.
//
// Terraform starts a plugin without arguments, so the schema (the output of "terraform providers schema -json") is read
// from schema.json beside the executable.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
)

func main() {
	executable, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	address, schema, err := readSchema(filepath.Join(filepath.Dir(executable), "schema.json"))
	if err != nil {
		log.Fatal(err)
	}
	err = tf5server.Serve(address, func() tfprotov5.ProviderServer { return &server{schema: schema} })
	if err != nil {
		log.Fatal(err)
	}
}
