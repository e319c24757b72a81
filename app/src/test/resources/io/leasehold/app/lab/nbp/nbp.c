/*
 * What the lab's UEFI machines boot: it says so on the console, which is the serial port there, and turns the machine
 * off. ./build makes nbp-x64.efi, nbp-ia32.efi and nbp-aa64.efi of it.
 */
typedef unsigned short Char16;
typedef __UINTPTR_TYPE__ Status;

/* UEFI 2.10 sections 4.2, 4.3, 8.1 and 12.4, as far as they are used. */
struct Header {
    unsigned long long signature;
    unsigned int revision, bytes, crc, reserved;
};

struct TextOutput {
    void *reset;
    Status (*print)(struct TextOutput *, const Char16 *);
};

struct RuntimeServices {
    struct Header header;
    void *unused[10];
    Status (*reset)(int kind, Status status, __UINTPTR_TYPE__ bytes, void *data);
};

struct SystemTable {
    struct Header header;
    const Char16 *vendor;
    unsigned int revision;
    void *in_handle, *in, *out_handle;
    struct TextOutput *out;
    void *error_handle, *error;
    struct RuntimeServices *runtime;
};

enum { SHUTDOWN = 2 };

#if defined(__x86_64__)
#define ARCHITECTURE u"x64"
#elif defined(__aarch64__)
#define ARCHITECTURE u"aa64"
#else
#define ARCHITECTURE u"ia32"
#endif

/* A pointer in the data has the linker make a table of relocations, without which firmware loads no image. */
static const Char16 *volatile words[] = {u"\r\nlab: booted nbp-" ARCHITECTURE u"\r\n", u"lab: done\r\n"};

Status entry(void *image, struct SystemTable *system) {
    (void)image;
    system->out->print(system->out, words[0]);
    system->out->print(system->out, words[1]);
    system->runtime->reset(SHUTDOWN, 0, 0, 0);
    return 0;
}
