package io.leasehold.netboot.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 31 of the bad input: names that climb out of the root. */
class BootPathTest {
    @ParameterizedTest
    @CsvSource({
        "ipxe.efi, ipxe.efi",
        "/ipxe.efi, ipxe.efi",
        "//etc/passwd, etc/passwd",
        "boot\\x64\\wdsnbp.com, boot/x64/wdsnbp.com",
        "\\boot\\ipxe.efi, boot/ipxe.efi",
        "./a/./b, a/b",
        "a//b, a/b",
        "..., ...",
        "a..b, a..b",
        "C, C",
    })
    void readsSlashesAndBackslashesAsOneAnother(String name, String path) {
        assertThat(BootPath.of(name)).isEqualTo(new BootPath.Relative(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../etc/passwd",
                "..\\etc\\passwd",
                "a/../../etc/passwd",
                "a/..",
                "/../etc/passwd",
                "\\..\\..\\etc\\passwd",
                "a\\..\\b",
                "C:\\boot.ini",
                "c:/boot.ini",
                "/C:/boot.ini",
                "a\0b",
                "a\nb",
                "a\u007fb",
                "",
                "/",
                ".",
                "./",
                "\\"
            })
    void refusesWhatClimbsOrIsNoName(String name) {
        assertThat(BootPath.of(name)).isInstanceOf(BootPath.Refused.class);
    }

    @Test
    void saysWhatIsWrongWithAName() {
        assertThat(BootPath.of("a/../b"))
                .isEqualTo(new BootPath.Refused("the name climbs with .."));
        assertThat(BootPath.of("C:\\a"))
                .isEqualTo(new BootPath.Refused("the name begins with a drive letter"));
    }
}
